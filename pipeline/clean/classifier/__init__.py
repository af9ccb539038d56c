"""The learned part of the line cleaner: hashed n-grams and forests of decision trees.

Trained by ``training.cleaner``; the weights lie in ``models/lines`` and hold no text.
"""
