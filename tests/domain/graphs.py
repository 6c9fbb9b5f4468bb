"""Graphs of links of many shapes as pairs of numbers, the fewest calls that a solver proves for them, and their links."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import product
from math import ceil, inf
from random import Random

from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from desktop.domain.building import LinksBuilder
from desktop.domain.entries import Links
from desktop.domain.planning.plans import Plan, Side
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation

Pairs = list[tuple[int, int]]
CONTACTS = Relation("Campaigns", "Contacts")


def links_of(pairs: Iterable[tuple[int, int]], digits: int = 19) -> Links:
    """Links between ids of this many digits."""
    links = LinksBuilder()
    for row, (parent, related) in enumerate(pairs, start=2):
        width = digits - 9
        links.add(CONTACTS, RecordId(f"365239701{parent:0{width}d}"), RecordId(f"365239702{related:0{width}d}"), row)
    return links.build()


def is_sound(links: Links, plan: Plan) -> bool:
    """Whether every link is in exactly one call, on one of its two ends, within both limits."""
    sent = sorted(link for batch in plan.batches for link in batch.link_numbers)
    for batch in plan.batches:
        ids = (links.parent_ids, links.related_ids)
        near, far = ids if batch.side is Side.PARENT else reversed(ids)
        named = all(near[link] == batch.call_parent_id for link in batch.link_numbers)
        if not named or batch.ids != tuple(far[link] for link in batch.link_numbers):
            return False
        if len(batch) > 100 or len(",".join(batch.ids)) > 2000:
            return False
    return sent == links.sendable() and [batch.number for batch in plan.batches] == list(range(plan.calls))


def fewest_calls(pairs: Pairs, room: int = 100, limit_s: float = 60.0) -> tuple[int | None, int]:
    """The fewest calls by a mixed-integer program (HiGHS): what it found, and what it proved that no plan can go below.

    A variable for each link (1: sent from its parent) and the number of calls for each end; a link needs a call at its
    end, and an end with more links than fit into one call needs enough of them.
    """
    numbers = {end: n for n, end in enumerate(dict.fromkeys(end for p, r in pairs for end in (("p", p), ("r", r))), len(pairs))}
    degrees = Counter(end for p, r in pairs for end in (("p", p), ("r", r)))
    rows: list[tuple[list[int], list[float], float]] = []  # columns, factors, upper bound
    for link, (parent, related) in enumerate(pairs):
        rows.append(([link, numbers["p", parent]], [1, -1], 0))
        rows.append(([link, numbers["r", related]], [-1, -1], -1))
    for end, degree in degrees.items():
        if degree > room:
            at = [link for link, pair in enumerate(pairs) if pair[end[0] == "r"] == end[1]]
            sign, bound = (1, 0) if end[0] == "p" else (-1, -degree)
            rows.append(([*at, numbers[end]], [*[sign] * degree, -room], bound))
    row = [number for number, (columns, _, _) in enumerate(rows) for _ in columns]
    column = [one for columns, _, _ in rows for one in columns]
    factor = [one for _, factors, _ in rows for one in factors]
    matrix = coo_array((factor, (row, column)), shape=(len(rows), len(pairs) + len(numbers))).tocsr()
    kinds = [0] * len(pairs) + [1] * len(numbers)
    most = [1] * len(pairs) + [ceil(degrees[end] / room) for end in numbers]
    found = milp(
        kinds,
        constraints=LinearConstraint(matrix, -inf, [bound for _, _, bound in rows]),
        integrality=kinds,
        bounds=Bounds(0, most),
        options={"time_limit": limit_s, "mip_rel_gap": 0},
    )
    return None if found.x is None else round(found.fun), ceil(found.mip_dual_bound - 1e-6)


def sparse(dice: Random, parents: int, relateds: int, links: int) -> Pairs:
    """Draw links evenly between both sides."""
    return list(dict.fromkeys((dice.randrange(parents), dice.randrange(relateds)) for _ in range(links)))


def power_law(dice: Random, parents: int, relateds: int, links: int, steepness: float = 1.0) -> Pairs:
    """A few records with most of the links, on both sides."""
    drawn = [
        dice.choices(range(ends), [1 / (n + 1) ** steepness for n in range(ends)], k=2 * links) for ends in (parents, relateds)
    ]
    return list(dict.fromkeys(zip(*drawn, strict=True)))[:links]


def block(dice: Random, parents: int, relateds: int, missing: float = 0.03) -> Pairs:
    """Nearly all of some with nearly all of others."""
    return [pair for pair in product(range(parents), range(relateds)) if dice.random() >= missing]


def grid(width: int, height: int) -> Pairs:
    """Squares on a chessboard; black ones are parents."""
    edges = [((x, y), (x + dx, y + dy)) for x in range(width) for y in range(height) for dx, dy in ((0, 1), (1, 0))]
    inside = [edge for edge in edges if edge[1][0] < width and edge[1][1] < height]
    ordered = [edge if sum(edge[0]) % 2 == 0 else edge[::-1] for edge in inside]
    return [(a[0] * height + a[1], b[0] * height + b[1]) for a, b in ordered]


def stars(dice: Random, stars_: int, leaves: int, shared: int) -> Pairs:
    """Campaigns with many contacts, contacts on many campaigns, and links among all of them."""
    ends = range(stars_)
    own = [(a, stars_ + a * leaves + n) for a in ends for n in range(leaves)]
    own += [(parent, related) for related, parent in own]
    most = stars_ * (leaves + 1)
    drawn = [(dice.choice(ends), dice.randrange(most)) for _ in range(shared * stars_)]
    return list(dict.fromkeys([*own, *drawn, *((b, a) for a, b in drawn)]))


def overhang(dice: Random, parents: int, full: int, most_over: int, pool: int) -> Pairs:
    """Loads just over what fits into whole calls, of contacts that stand on several campaigns."""
    return [(p, r) for p in range(parents) for r in dice.sample(range(pool), full + dice.randint(1, most_over))]


def turned(pairs: Pairs) -> Pairs:
    """The same seen from the other side."""
    return [(related, parent) for parent, related in pairs]


def union(*graphs: Pairs) -> Pairs:
    """Graphs that have nothing in common."""
    pairs: Pairs = []
    for graph in graphs:
        after = max((max(pair) + 1 for pair in pairs), default=0)
        pairs += [(parent + after, related + after) for parent, related in graph]
    return pairs


def small_ones(dice: Random, links: int) -> Pairs:
    """Many small graphs of all these shapes."""
    shapes: list[Callable[[], Pairs]] = [
        lambda: block(dice, dice.randint(1, 5), dice.randint(1, 5)),
        lambda: stars(dice, 1, dice.randint(1, 110), 2),
        lambda: overhang(dice, 3, 100, 4, 106),
        lambda: sparse(dice, 10, 10, 20),
        lambda: power_law(dice, 10, 40, 60),
    ]
    graphs: list[Pairs] = []
    while sum(map(len, graphs)) < links - 320:
        graphs.append(dice.choice(shapes)())
    return union(*graphs)


def campaigns_and_contacts(dice: Random) -> Pairs:
    """One contact of five on each of 2,500 campaigns."""
    return [(n, n % 5) for n in range(2500)]


SHAPES: dict[str, Callable[[Random], Pairs]] = {
    "2,500 campaigns, one of 5 contacts each": campaigns_and_contacts,
    "one campaign × 39, one contact on 40": lambda dice: [*((0, n) for n in range(39)), *((n, 50) for n in range(1, 41))],
    "sparse, 1,000 × 1,000": lambda dice: sparse(dice, 1000, 1000, 3000),
    "sparse, 300 × 900": lambda dice: sparse(dice, 300, 900, 2500),
    "sparse, 30 × 300": lambda dice: sparse(dice, 30, 300, 3000),
    "power law, 400 × 400": lambda dice: power_law(dice, 400, 400, 2500),
    "power law, steep": lambda dice: power_law(dice, 600, 600, 1800, 1.3),
    "power law, flat": lambda dice: power_law(dice, 200, 600, 3000, 0.7),
    "near-complete, 55 × 55": lambda dice: block(dice, 55, 55),
    "near-complete, 20 × 150": lambda dice: block(dice, 20, 150),
    "near-complete, 27 × 110": lambda dice: block(dice, 27, 110),
    "near-complete, 14 × 210": lambda dice: block(dice, 14, 210),
    "near-complete, several": lambda dice: union(block(dice, 8, 105), turned(block(dice, 9, 110)), block(dice, 7, 104)),
    "grid, 38 × 38": lambda dice: grid(38, 38),
    "grid, 5 × 300": lambda dice: grid(5, 300),
    "overlapping stars, 110 leaves": lambda dice: stars(dice, 6, 110, 60),
    "overlapping stars, 80 leaves": lambda dice: stars(dice, 10, 80, 50),
    "just over 100, pool of 300": lambda dice: overhang(dice, 25, 100, 8, 300),
    "just over 100, pool of 130": lambda dice: overhang(dice, 25, 100, 10, 130),
    "just over 100, pool of 2,000": lambda dice: overhang(dice, 26, 100, 3, 2000),
    "just over 200, pool of 400": lambda dice: overhang(dice, 13, 200, 9, 400),
    "just over 100, from the other side": lambda dice: turned(overhang(dice, 25, 100, 8, 250)),
    "just over 100, both sides": lambda dice: union(overhang(dice, 12, 100, 6, 200), turned(overhang(dice, 12, 100, 6, 200))),
    "many small graphs": lambda dice: small_ones(dice, 3000),
}
