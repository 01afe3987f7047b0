"""The real things behind the ports: a database, a tagger, a policy. Each knows its own foreign library and nothing else does."""
