"""What words do beside a value: spare, dismiss, report or approve it. One kind of talk a file; knows text, no conversation."""
