"""From logged conversations to reviewed training rows: without personal data, few per user, decided by a person."""
