"""Training of the line classifier: hashed n-grams, kinds and forests, by one command.

python -m training.cleaner DATA OUT
"""
