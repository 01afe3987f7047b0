"""Understanding as a library: the tagger, the value normaliser and the composer. Knows no service, database or wire."""
