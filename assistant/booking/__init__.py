"""What can be booked and when: venues, rules and seating. Knows nothing of conversation, storage or gRPC."""
