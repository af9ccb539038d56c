"""How `newsmill clean` shows an article: in a terminal, as plain text, and as a page.

given (a file, address or record to look at), outline (what there is to tell of it), terminal and
page (the two ways to tell it).
"""
