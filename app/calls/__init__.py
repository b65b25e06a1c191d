"""Calls for contributions: a question, a time, the languages it is asked in; its paper forms and their scans."""
