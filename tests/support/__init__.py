"""What several test modules share: annotated utterances and hand-written fakes."""
