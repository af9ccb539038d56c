"""The stages as a stream: Kafka -> Faust agents -> Kafka or a sink.  Only this folder knows Faust.

What is done differently from a plain Faust agent, and why, is told in docs/explanation/delivery.md.
"""
