"""Is it alive? Asked by script/run, compose and load balancers; it says nothing that a stranger may not know."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return False
    return True


def cache_answers() -> bool:
    try:
        cache.get("health")
    except RedisError:
        return False
    return True


@login_not_required
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    parts = {"database": database_answers(), "cache": cache_answers()}
    return JsonResponse({"ok": all(parts.values())} | parts, status=200 if all(parts.values()) else 503)
