"""The best plan of a small hall by trying everything, and the rules that every plan keeps."""

from collections import Counter
from itertools import product


def seatable(problem):
    return [group for group in sorted(problem.groups, key=lambda group: group.key) if problem.tables_for(group)]


def broken_rules(problem, seats):
    """Which hard rules a plan breaks, in words."""
    broken = []
    persons = Counter()
    groups = {group.key: group for group in problem.groups}
    tables = {table.id: table for table in problem.tables}
    for (key, number), table_id in seats.items():
        persons[number, table_id] += groups[key].size
    for (number, table_id), count in persons.items():
        if not tables[table_id].takes(count):
            broken.append(f"table {table_id} holds {count} in round {number}")
    for group in problem.groups:
        visits = Counter(table for (key, _), table in seats.items() if key == group.key)
        for table_id, count in visits.items():
            if count > problem.visits(group, tables[table_id]):
                broken.append(f"group {group.key} sits {count} times at table {table_id}")
        for number, table_id in group.pins.items():
            if seats.get((group.key, number)) != table_id:
                broken.append(f"group {group.key} is not where it was pinned in round {number}")
    return broken


def cost(problem, seats):
    """What counts before balance, the most important first: left out, left out early, in no own language, rank."""
    score = problem.score(seats)
    groups = seatable(problem)
    early = sum(
        group.size * (len(groups) - place)
        for place, group in enumerate(groups)
        for number in problem.numbers
        if (group.key, number) not in seats
    )
    return score.unseated, early, score.foreign, score.rank


def best_cost(problem):
    """The lowest cost of all plans that break no rule; None where the pins do not fit."""
    groups = seatable(problem)
    places = [None, *(table.id for table in problem.tables)]
    ways = [list(product(places, repeat=problem.rounds)) for _ in groups]
    costs = []
    for chosen in product(*ways):
        seats = {
            (group.key, number): table_id
            for group, tables in zip(groups, chosen, strict=True)
            for number, table_id in zip(problem.numbers, tables, strict=True)
            if table_id is not None
        }
        if not broken_rules(problem, seats):
            costs.append(cost(problem, seats))
    return min(costs, default=None)
