from django.urls import path

from benefits.views import benefits, goals, measuring, shares

app_name = "benefits"

urlpatterns = [
    path("gevinster/", shares.share_list, name="share-list"),
    path("gevinster/mal/", goals.goal_list, name="goal-list"),
    path("gevinster/mal/nytt/", goals.goal_add, name="goal-add"),
    path("gevinster/mal/<int:pk>/", goals.goal_detail, name="goal-detail"),
    path("gevinster/mal/<int:pk>/endre/", goals.goal_edit, name="goal-edit"),
    path("gevinster/ny/", benefits.benefit_add, name="benefit-add"),
    path("gevinster/<int:pk>/", benefits.benefit_detail, name="benefit-detail"),
    path("gevinster/<int:pk>/endre/", benefits.benefit_edit, name="benefit-edit"),
    path("gevinster/<int:pk>/ny-andel/", shares.share_add, name="share-add"),
    path("gevinster/andel/<int:pk>/", shares.share_detail, name="share-detail"),
    path("gevinster/andel/<int:pk>/endre/", shares.share_edit, name="share-edit"),
    path("gevinster/andel/<int:pk>/maling/", measuring.measurement_add, name="measurement-add"),
    path("gevinster/maling/<int:pk>/rett/", measuring.measurement_correct, name="measurement-correct"),
]
