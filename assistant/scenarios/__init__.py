"""Dialogues as files: read them, play them against a running server, compare every turn, report."""
