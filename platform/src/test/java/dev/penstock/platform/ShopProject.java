package dev.penstock.platform;

import dev.penstock.platform.definition.TestProject;
import java.nio.file.Path;

/** Orders that are changed and deleted, as a database's change feed tells of them. */
public final class ShopProject {
  private ShopProject() {}

  /** Writes the definitions. */
  public static TestProject write(Path folder) {
    return TestProject.in(folder)
        .file(
            "shop.yaml",
            """
            source: orders
            owner: shop@example.com
            columns:
              order_id: int64 not null
              at: timestamp not null
              shop: string not null
              amount: float64 not null
              op: string not null
            event_time: at
            seen: {lag: 1m}
            primary_key: order_id
            changes: {operation: op}
            rules:
              not_negative: amount >= 0
            checks:
              - row_count <= 5
            ---
            transform: large_orders
            owner: shop@example.com
            sql: SELECT shop, amount FROM orders WHERE amount >= 10
            ---
            entity: shop
            owner: shop@example.com
            keys: {shop: string}
            ---
            feature_view: turnover
            owner: shop@example.com
            entity: shop
            source: orders
            features:
              - count() as orders over 24h
              - sum(amount) as amount over 24h
              - max(amount) as largest over 24h
              - last(amount) as latest over 24h
            ---
            feature_view: large
            owner: shop@example.com
            entity: shop
            source: large_orders
            features:
              - count() as orders over 24h
            ---
            feature_service: shops
            owner: shop@example.com
            features: [turnover, large]
            """);
  }
}
