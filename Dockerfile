# The site's one image: web, worker, beat and the migrate step run it with different commands (docker-compose.yml).
FROM python:3.13-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 VAR_DIR=/var/lib/to-and-fro HOST=0.0.0.0
WORKDIR /srv/to-and-fro

RUN useradd --system --uid 10001 --home-dir /var/lib/to-and-fro --create-home toandfro
COPY requirements.lock ./
RUN pip install uv && uv pip install --system --require-hashes -r requirements.lock && pip uninstall -y uv
COPY . .
# Hashed and compressed once, at build; the keys are for this step alone: they sign and seal nothing.
RUN SECRET_KEY=build-only NOTES_KEY=bm90LWEta2V5LWJ1dC10aGUtYnVpbGQtd2FudHMtb25lLi4= VAPID_KEY=bm90LWEta2V5LWJ1dC10aGUtYnVpbGQtd2FudHMtb25lLi4= DATABASE_URL=postgres://build@build/build REDIS_URL=redis://build \
    python manage.py collectstatic --noinput \
    && chown -R toandfro /var/lib/to-and-fro

USER toandfro
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/up', headers={'Host': 'localhost'}))"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "attachment_app.wsgi:application"]
