# The bot for a real workspace. The sandbox is for the desk: `make run`.
FROM python:3.11-slim AS packages
COPY requirements.lock .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    PORT=8080
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin liaison \
    && install --directory --owner liaison --group liaison --mode 700 /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
USER liaison
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "bot", "doctor", "--health"]
CMD ["python", "-m", "bot", "run"]
