from django.urls import include, path
from rest_framework.routers import DefaultRouter, SimpleRouter

from shop import views

router = DefaultRouter()
router.register("products", views.ProductViewSet, basename="product")
router.register(r"categories", views.CategoryViewSet)
router.register("orders", views.OrderViewSet, "order")
router.register("tags", views.TagViewSet)
router.register("customers", views.CustomerViewSet)
bare = SimpleRouter(trailing_slash=False)
bare.register("reviews", views.ReviewViewSet)

urlpatterns = [
    path("api/", include(router.urls)),
    path("bare/", include((bare.urls, "bare"), namespace="bare")),
    path("api/stats/", views.StatsView.as_view()),
    path("api/products/<int:pk>/reviews/", views.ProductReviews.as_view()),
    path("api/products/<int:product_pk>/reviews/<int:pk>/", views.ProductReview.as_view()),
    path("api/ping/", views.ping),
    path("api/login/", views.LoginView.as_view()),
    path("api/cursor/", views.CursorList.as_view()),
    path("api/limited/", views.LimitList.as_view()),
    path("api/bulk/", views.bulk),
]
