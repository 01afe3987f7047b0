"""The gRPC edge: messages in, calls of the service, messages and status codes out. Decides nothing about a conversation."""
