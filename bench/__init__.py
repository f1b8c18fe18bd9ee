"""What the bot costs beside a bare aiogram bot: `make bench`. Figures to look at, no tests: they depend on the machine."""
