"""Training of the models that read English: the entity encoder, the parser."""
