"""The concept: process, editions, sections, goals, measures, ideas and good practice; wording, comparison, adoption."""
