"""Python that stays with Rasa."""
