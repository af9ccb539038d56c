"""How `newsmill clean` and `newsmill explain` show an article: in a terminal, and as a page.

Of cuts: outline (what there is to tell), terminal and page (the two ways to tell it); of findings:
marks (where they are), findings, findings_terminal and findings_page.
"""
