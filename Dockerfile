FROM node:24-slim AS browser
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.13-slim AS packages
WORKDIR /app
RUN python -m venv .venv
COPY requirements/run.txt requirements/
RUN .venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements/run.txt

FROM packages AS static
ENV PATH=/app/.venv/bin:$PATH
COPY . .
COPY --from=browser /app/node_modules node_modules
RUN python -m script.messages --compile \
    && SECRET_KEY=only-for-the-build python manage.py collectstatic --no-input

FROM python:3.13-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-dejavu-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app fellesgrep
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
COPY --from=packages /app/.venv .venv
COPY . .
COPY --from=static /app/staticfiles staticfiles
COPY --from=static /app/locale locale
RUN install --directory --owner fellesgrep /app/beat
USER 10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--config", "python:config.gunicorn", "--worker-tmp-dir", "/dev/shm"]
