# The commands of this project; CI calls the same. `make run` and `make test` set up what they need.
.PHONY: run test test-long coverage check bench bench-full soak screenshots lock installer try-installer installer-windows test-windows

run:
	@installer/setup/set_up.sh run
	@installer/setup/run.sh

# Three at a time on two cores, because many tests wait for a process or an answer; whoever is done first takes from the others.
test:
	@installer/setup/set_up.sh test
	@installer/setup/test.sh -n 3 --dist worksteal -q -m "not slow"

test-long:
	@installer/setup/set_up.sh slow
	@DELINK_THOROUGH=1 installer/setup/test.sh -n 2 -q

# Branch coverage of the rooms below the window and the command line; no room may fall below its floor (check_coverage.py).
coverage:
	@installer/setup/set_up.sh test
	@installer/setup/test.sh -n 2 -q -m "not slow" --cov --cov-report=term-missing tests/domain tests/engine tests/application tests/crm tests/storage tests/undo tests/updates
	.venv/bin/python installer/setup/check_coverage.py

check:
	@installer/setup/set_up.sh test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check -q .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python installer/setup/check_lock.py
	.venv/bin/python installer/setup/check_tree.py
	.venv/bin/python installer/setup/make_catalogues.py --check
	.venv/bin/python installer/setup/draw_house.py --check
	.venv/bin/python -m pytest -q -p no:cacheprovider $(addprefix tests/house/test_,lower_rooms.py window_words.py reading_grade.py terms.py names.py)
	.venv/bin/python installer/setup/make_app_icons.py --check
	.venv/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	.venv/bin/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml

bench:
	@installer/setup/set_up.sh test
	@for bench in tests/benchmarks/bench_*.py; do PYTHONPATH=. .venv/bin/python $$bench || exit 1; done

# Every latency and limit over 4,000 calls; an hour.
bench-full:
	@installer/setup/set_up.sh test
	PYTHONPATH=. .venv/bin/python tests/benchmarks/bench_run.py --full

# A run of a million links.
soak:
	@installer/setup/set_up.sh test
	PYTHONPATH=. .venv/bin/python tests/benchmarks/soaking.py

screenshots:
	@installer/setup/set_up.sh test
	.venv/bin/python installer/setup/make_screenshots.py

# The package for this system, in dist/; each build checks itself, and its licences.
installer:
	@installer/setup/set_up.sh installer
	@installer/build.sh dist

# The .deb in a bare Debian: installed over an older one, checked, started, removed (needs root and debootstrap).
try-installer:
	@installer/setup/set_up.sh try
	@installer/build.sh dist
	@installer/linux/try_deb.sh dist/delink_*.deb

# The Windows installer, built and tried under Wine; minutes.
installer-windows:
	@installer/setup/set_up.sh windows
	@installer/windows/build_under_wine.sh dist
	@installer/windows/try_setup.sh dist/delink-*-windows-*setup.exe

# The tests that need no window, with Windows' own Python under Wine.
test-windows:
	@installer/setup/set_up.sh windows
	@installer/windows/test_under_wine.sh

# After a change of the dependencies in pyproject.toml: write the locks anew (needs uv and the network).
lock:
	uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header pyproject.toml -o requirements/run.txt
	uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header pyproject.toml --extra dev -c requirements/run.txt -o requirements/dev.txt
	uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header pyproject.toml --extra installer -c requirements/run.txt -o requirements/installer.txt
