"""The commands of the command line, one module each; `assistant.cli` puts them together."""
