"""From the raw topic to the index: stages, and the drivers that run them."""
