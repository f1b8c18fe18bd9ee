"""The usual forms of networks, positions and subjects, which the administrator may edit later

The forms are those of the regulations (Izhevsk §3, Yurga §3.1.3, Novotroitsk §3.1).

Revision: 0002, after 0001
"""

import sqlalchemy as sa

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FORMS = (
    "Инновационный комплекс",
    "Городское предметное объединение",
    "Городское методическое объединение",
    "Школьное методическое объединение",
    "Творческая группа",
    "Проблемная группа",
    "Инновационная площадка",
    "Школа молодого учителя",
    "Школа руководителя",
    "Методическая сеть организации",
    "Городская методическая площадка",
    "Опорная площадка",
    "Педагогическая мастерская",
    "Проблемно-творческая лаборатория",
    "Инициативная группа",
    "Ассоциация",
    "Проектная или экспертная группа",
    "Временная группа",
    "Наставническая пара",
)
POSITIONS = (
    "Учитель",
    "Учитель начальных классов",
    "Воспитатель",
    "Заместитель директора",
    "Директор, заведующий",
    "Педагог-психолог",
    "Методист",
    "Педагог доп. образования",
)
SUBJECTS = (
    "Русский язык и литература",
    "Математика",
    "Начальные классы",
    "Английский язык",
    "Информатика",
    "Физика",
    "Химия",
    "Биология",
    "География",
    "История и обществознание",
    "Физическая культура",
    "Музыка",
    "Изобразительное искусство",
    "Технология",
    "ОБЗР",
    "Психология",
    "Логопедия, дефектология",
    "Дополнительное образование",
    "Библиотека",
    "Воспитательная работа",
    "Дошкольное образование: речь",
    "Дошкольное образование: спорт",
    "Дошкольное образование: музыка",
    "Дошкольное образование: мир вокруг",
    "Управление",
)
WORDS = {"network_forms": FORMS, "positions": POSITIONS, "subjects": SUBJECTS}


def upgrade() -> None:
    for name, titles in WORDS.items():
        table = sa.table(name, sa.column("title", sa.String))
        op.bulk_insert(table, [{"title": title} for title in titles])


def downgrade() -> None:
    for name, titles in WORDS.items():
        table = sa.table(name, sa.column("title", sa.String))
        op.execute(table.delete().where(table.c.title.in_(titles)))
