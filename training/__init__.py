"""Recipes: one program per trained part, each a page that can be read aloud."""
