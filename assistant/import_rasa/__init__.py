"""A Rasa 3 project becomes a domain. `run.py` is the entrance; each other file carries one kind of thing over."""
