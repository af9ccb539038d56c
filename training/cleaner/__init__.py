"""Training of the line classifier: hashed n-grams, two forests and an encoder, by one command.

python -m training.cleaner DATA OUT
"""
