"""Small int8 encoders on a CPU: word pieces, the word table they share, and how they are run."""
