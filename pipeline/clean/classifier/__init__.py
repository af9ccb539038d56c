"""The learned part of the line cleaner: a cheap forest for most lines, an encoder for the doubtful.

Trained by ``training.cleaner``; the weights lie in ``models/lines`` and hold no text.
"""
