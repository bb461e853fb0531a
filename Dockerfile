# riskq in a container. docs/deploy.md tells how to run it.
#
# Everything it keeps lies in /var/lib/riskq; the rest of the file system may be read-only, with a tmpfs at /tmp.

FROM debian:12-slim AS build
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends python3 python3-venv
WORKDIR /srv/riskq
COPY requirements.txt requirements-several.txt ./
RUN python3 -m venv .venv \
 && .venv/bin/python -m pip install -q --no-cache-dir --require-hashes \
      -r requirements.txt -r requirements-several.txt
COPY pyproject.toml requirements.in README.md LICENSE NOTICE ./
COPY riskq riskq
COPY questionnaires questionnaires
# Installed editable, since questionnaires/ and static/ lie beside the package. What installed it is not needed any more.
# Modules are compiled by their content, as templates always are: no copy of a layer makes them stale.
RUN .venv/bin/python -m pip install -q --no-cache-dir --no-deps --no-build-isolation -e . \
 && .venv/bin/riskq compile \
 && .venv/bin/python -m pip uninstall -q -y setuptools pip \
 && rm -rf *.egg-info \
 && python3 -m compileall -q -f -j 0 --invalidation-mode unchecked-hash .venv/lib riskq

FROM debian:12-slim
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends \
      python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log \
 && find / -xdev -type f -perm /6000 -exec chmod a-s {} + \
 && useradd --system --uid 10001 --user-group --no-create-home --home-dir /var/lib/riskq riskq \
 && install -d -m 700 -o riskq -g riskq /var/lib/riskq
WORKDIR /srv/riskq
COPY --from=build /srv/riskq ./
COPY static static
COPY wsgi.py ./
# What the service makes for itself without being told (database, secret, key of the seal) lies in the volume too.
RUN ln -s /var/lib/riskq instance
ENV PATH=/srv/riskq/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
VOLUME /var/lib/riskq
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD \
  ["python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["riskq"]
CMD ["serve", "--host", "0.0.0.0"]
