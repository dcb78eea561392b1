package dev.penstock.app.iceberg.crowd;

import dev.penstock.app.iceberg.CatalogServer;
import dev.penstock.lake.CatalogDatabase;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A server of the warehouse named, until it is killed; prints its port. */
public final class ServerMain {
  private ServerMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path warehouse = Path.of(arguments[0]);
    try (CatalogServer server = CatalogServer.start(CatalogDatabase.sqlite(warehouse), warehouse)) {
      System.out.println(server.address().replaceAll(".*:(\\d+)/.*", "$1"));
      new CountDownLatch(1).await();
    }
  }
}
