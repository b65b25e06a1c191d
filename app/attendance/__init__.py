"""The day itself: tickets, who has arrived, lists for printing."""
