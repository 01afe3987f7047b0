"""The composer: tags and words become operations. `compose.py` is its entrance and tells the order of everything else here."""
