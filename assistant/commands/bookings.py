"""`assistant bookings`: what is booked, as a table."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.commands.client import TIMEOUT, CaOption, ServerOption, TokenOption, connected


def bookings(
    restaurant: Annotated[str, typer.Option(help="Only this venue.")] = "",
    date: Annotated[str, typer.Option(help="Only this day, YYYY-MM-DD.")] = "",
    user: Annotated[str, typer.Option(help="Only this user.")] = "",
    server: ServerOption = "",
    token: TokenOption = "",
    ca: CaOption = None,
) -> None:
    """List bookings, earliest first."""
    from assistant.pb import booking_pb2 as pb
    from assistant.pb.booking_pb2_grpc import BookingServiceStub

    table = Table("id", "venue", "date", "time", "party", "name", "phone", "seating", "service", "table", "status")
    with connected(server, token, ca) as (channel, metadata):
        stub = BookingServiceStub(channel)
        page = ""
        while True:
            request = pb.ListBookingsRequest(restaurant=restaurant, date=date, user_id=user, page_token=page)
            answer = stub.ListBookings(request, timeout=TIMEOUT, metadata=metadata)
            for booking in answer.bookings:
                details = booking.details
                table.add_row(
                    booking.booking_id,
                    details.restaurant,
                    details.date,
                    details.time,
                    str(details.party_size),
                    details.name,
                    details.phone,
                    details.seating,
                    details.service,
                    booking.table,
                    pb.BookingStatus.Name(booking.status).removeprefix("BOOKING_STATUS_").lower(),
                )
            page = answer.next_page_token
            if not page:
                break
    Console().print(table)
