"""Application and membership as state machines: two coordinators and an applicant do anything in any order, and at once.

No membership is doubled, no decision is lost, what is counted always equals the rows.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, timedelta
from itertools import count as numbers
from typing import Any

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Application,
    ApplicationState,
    Appointment,
    Audit,
    Database,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    Notification,
    Person,
    Role,
)
from services import applications, memberships, networks
from services.errors import DomainError
from tests.support.people import NOW, add_network

EXAMPLES = {"sqlite": 12, "postgresql": 6}
STEPS = 15

Deed = Callable[[AsyncSession], Awaitable[Any]]

_fresh = numbers(1)
"""Each example has people and a network of its own in the one database."""


class Joining(RuleBasedStateMachine):
    """What the applicant and two coordinators may do; the model knows whether the applicant is in and what waits."""

    def __init__(self, db: Database, runner: asyncio.Runner) -> None:
        super().__init__()
        self.db, self.runner = db, runner
        self.now = NOW
        self.is_in = self.waits = False

    @initialize()
    def begin(self) -> None:
        """A network by application, two coordinators, an applicant, and a member who is always there."""
        number = next(_fresh)

        async def put() -> None:
            async with self.db.write() as session:
                people = [
                    Person(telegram_id=number * 10 + one, full_name=f"Человек {one}", created_at=NOW, registered_at=NOW)
                    for one in range(4)
                ]
                session.add_all(people)
                self.network: Network = await add_network(session, f"Сеть {number}", policy=JoinPolicy.APPLICATION)
                await session.flush()
                for coordinator in people[:2]:
                    session.add(
                        Appointment(
                            person_id=coordinator.id,
                            network_id=self.network.id,
                            role=Role.COORDINATOR,
                            appointed_at=NOW,
                        )
                    )
                session.add(
                    Membership(
                        network_id=self.network.id,
                        person_id=people[3].id,
                        state=MembershipState.MEMBER,
                        state_at=NOW,
                    )
                )
            self.coordinators, self.applicant = people[:2], people[2]

        self.runner.run(put())

    # --- the deeds

    def _apply(self) -> Deed:
        return lambda session: applications.apply(
            session, self.applicant, self.network.id, agreed=None, now=self.now, zone=UTC
        )

    def _withdraw(self) -> Deed:
        return lambda session: applications.withdraw(session, self.applicant, self.network.id, now=self.now)

    def _leave(self) -> Deed:
        return lambda session: networks.leave(session, self.applicant, self.network.id, now=self.now)

    def _approve(self, who: int) -> Deed:
        async def deed(session: AsyncSession) -> None:
            one = await applications.last(session, self.applicant.id, self.network.id)
            if one is not None:
                await applications.approve(session, self.coordinators[who], one.id, now=self.now)

        return deed

    def _decline(self, who: int) -> Deed:
        async def deed(session: AsyncSession) -> None:
            one = await applications.last(session, self.applicant.id, self.network.id)
            if one is not None:
                await applications.decline(session, self.coordinators[who], one.id, reason="Нет", now=self.now)

        return deed

    def _approve_all(self, who: int) -> Deed:
        return lambda session: applications.approve_all(
            session, self.coordinators[who], self.network.id, 10**9, now=self.now
        )

    def _remove(self, who: int) -> Deed:
        return lambda session: memberships.remove(
            session, self.coordinators[who], self.network.id, self.applicant.id, reason="Пора", now=self.now
        )

    def _named(self, name: str, who: int) -> Deed:
        made: dict[str, Callable[[], Deed]] = {
            "apply": self._apply,
            "withdraw": self._withdraw,
            "leave": self._leave,
            "approve": lambda: self._approve(who),
            "decline": lambda: self._decline(who),
            "approve_all": lambda: self._approve_all(who),
            "remove": lambda: self._remove(who),
        }
        return made[name]()

    def _do(self, *deeds: Deed) -> None:
        """Each in a transaction of its own, all at once; a refusal is an answer too."""

        async def one(deed: Deed) -> None:
            with suppress(DomainError):  # somebody was quicker: that is what this test is about
                async with self.db.write() as session:
                    await deed(session)

        async def all_of_them() -> None:
            await asyncio.gather(*(one(deed) for deed in deeds))

        self.runner.run(all_of_them())
        self.now += timedelta(seconds=1)

    @rule()
    def apply(self) -> None:
        """The applicant asks."""
        self._do(self._apply())
        self.waits = self.waits or not self.is_in

    @rule()
    def withdraw(self) -> None:
        """The applicant takes it back."""
        self._do(self._withdraw())
        self.waits = False

    @rule()
    def leave(self) -> None:
        """The applicant goes."""
        self._do(self._leave())
        self.is_in = False

    @rule(who=st.integers(0, 1), all_=st.booleans())
    def approve(self, who: int, all_: bool) -> None:
        """A coordinator says yes."""
        self._do(self._approve_all(who) if all_ else self._approve(who))
        self.is_in, self.waits = self.is_in or self.waits, False

    @rule(who=st.integers(0, 1))
    def decline(self, who: int) -> None:
        """A coordinator says no."""
        self._do(self._decline(who))
        self.waits = False

    @rule(who=st.integers(0, 1))
    def remove(self, who: int) -> None:
        """A coordinator ends the membership."""
        self._do(self._remove(who))
        self.is_in = False

    @rule()
    def a_month_passes(self) -> None:
        """Nobody decided."""
        self.now += applications.LASTS
        self.waits = False

    @rule(
        deeds=st.lists(
            st.tuples(
                st.sampled_from(["apply", "withdraw", "leave", "approve", "decline", "approve_all", "remove"]),
                st.integers(0, 1),
            ),
            min_size=2,
            max_size=4,
        )
    )
    def at_once(self, deeds: list[tuple[str, int]]) -> None:
        """Several of them at once: whoever is first, the rows agree with each other; the model learns from them."""
        self._do(*(self._named(name, who) for name, who in deeds))
        rows = self._rows()
        self.is_in = rows["in"] == 1
        self.waits = rows["waiting"] == 1

    # --- what always holds

    def _rows(self) -> Counter[str]:
        async def look() -> Counter[str]:
            mine = (Application.person_id == self.applicant.id, Application.network_id == self.network.id)
            in_it = (Membership.person_id == self.applicant.id, Membership.network_id == self.network.id)
            decided = Application.decided_by_id.is_not(None)
            here = (Audit.subject == "network", Audit.subject_id == self.network.id)
            wanted = {
                "memberships": (Membership, in_it),
                "in": (Membership, (*in_it, Membership.state == MembershipState.MEMBER)),
                "pending": (Application, (*mine, Application.state == ApplicationState.PENDING)),
                "waiting": (Application, (*mine, applications.is_waiting(self.now))),
                "approved": (Application, (*mine, Application.state == ApplicationState.APPROVED)),
                "approved by": (Application, (*mine, Application.state == ApplicationState.APPROVED, decided)),
                "declined": (Application, (*mine, Application.state == ApplicationState.DECLINED, decided)),
                "withdrawn": (Application, (*mine, Application.state == ApplicationState.WITHDRAWN)),
                "made": (Application, mine),
                "said made": (Audit, (*here, Audit.deed == "application.make")),
                "said approved": (Audit, (*here, Audit.deed == "application.approve")),
                "said declined": (Audit, (*here, Audit.deed == "application.decline")),
                "said withdrawn": (Audit, (*here, Audit.deed == "application.withdraw")),
                "told approved": (Notification, self._told(applications.APPROVED)),
                "told declined": (Notification, self._told(applications.DECLINED)),
            }
            async with self.db.read() as session:
                counts = [
                    select(func.count()).select_from(table).where(*conditions).scalar_subquery()
                    for table, conditions in wanted.values()
                ]
                found = Counter(dict(zip(wanted, (await session.execute(select(*counts))).one(), strict=True)))
                card = await networks.card(session, self.applicant, self.network.id, now=self.now)
                page = await applications.waiting(
                    session, self.coordinators[0], self.network.id, offset=0, limit=10, now=self.now
                )
                found["counted members"] = card.members
                found["counted waiting"] = page.total
                found["listed waiting"] = len(page.lines)
                found["card waiting"] = int(card.is_waiting)
            return found

        return self.runner.run(look())

    def _told(self, kind: str) -> tuple[Any, ...]:
        return (Notification.kind == kind, Notification.person_id == self.applicant.id)

    @invariant()
    def the_rows_agree(self) -> None:
        """See the head of this file."""
        if not hasattr(self, "network"):
            return
        rows = self._rows()
        assert rows["memberships"] <= 1
        assert rows["pending"] <= 1
        assert rows["in"] == int(self.is_in)
        assert rows["waiting"] == int(self.waits)
        assert rows["counted members"] == 1 + rows["in"]
        assert rows["counted waiting"] == rows["listed waiting"] == rows["card waiting"] == rows["waiting"]
        assert not (self.is_in and self.waits)
        assert rows["approved"] == rows["approved by"] == rows["said approved"] == rows["told approved"]
        assert rows["declined"] == rows["said declined"] == rows["told declined"]
        assert rows["withdrawn"] == rows["said withdrawn"]
        assert rows["made"] == rows["said made"]


def test_two_coordinators_and_an_applicant(each_url: str) -> None:
    with asyncio.Runner() as runner:

        async def open_database() -> Database:
            return Database(each_url, synchronous="NORMAL")

        db = runner.run(open_database())

        class Here(Joining):
            """The machine over this very database."""

            def __init__(self) -> None:
                super().__init__(db, runner)

        try:
            run_state_machine_as_test(
                Here,
                settings=settings(
                    max_examples=EXAMPLES[each_url.partition("+")[0]],
                    stateful_step_count=STEPS,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(db.close())
