"""Who sits at which table: a fair plan from people's wishes, seen before it is published."""
