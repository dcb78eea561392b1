package dev.penstock.benchmarks.serving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.embedded.RedisServer;

/**
 * The server under load: {@code serving} measures reads, pushes and a restart; {@code soak} ten
 * minutes of both. Run from the project's root.
 */
public final class Serving {
  private static final int KEYS = 100_000;
  private static final int MANY_KEYS = 1_000_000;
  private static final int PORT = 7399;
  private static final int REDIS = 7398;
  private static final int[] ENTITIES = {1, 10, 100};
  private static final int[] CONNECTIONS = {1, 16};
  private static final double WARM = 8;
  private static final double SECONDS = 10;
  private static final int ROWS_OF_PUSH = 100;
  private static final int SOAK_MINUTES = 10;

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();

  public Serving(Path folder) {
    this.folder = folder;
  }

  /** Reads of 1, 10 and 100 keys, pushes of 100 rows, each beside its limits; a restart. */
  public void run() throws Exception {
    try {
      Shop shop = shop("serving", KEYS);
      Process server = serve(shop);
      for (boolean rolling : new boolean[] {false, true}) {
        for (int entities : ENTITIES) {
          reads(shop, entities, rolling);
        }
      }
      redis();
      pushes(shop);
      stop(server);
      restart();
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  /** Half of what the server can read for ten minutes, with pushes beside; its memory by minute. */
  public void soak() throws Exception {
    try {
      Shop shop = shop("serving", KEYS);
      Process server = serve(shop);
      Load reads = reading(shop, 10, true, PORT, "/get-online-features", 16);
      reads.asFastAsPossible(WARM);
      double rate = reads.asFastAsPossible(SECONDS).perSecond() / 2;
      Load pushes = pushing(shop, PORT, "/v1/sources/events/rows", 2);
      System.out.printf(Locale.ROOT, "soak: %,.0f reads/s and 10 pushes of 100 rows/s%n", rate);
      for (int minute = 1; minute <= SOAK_MINUTES; minute++) {
        CompletableFuture<Load.Result> pushed =
            CompletableFuture.supplyAsync(() -> pushes.atRate(10, 60));
        System.out.printf(
            Locale.ROOT,
            "minute %2d: %s, %,d MB%n",
            minute,
            reads.atRate(rate, 60),
            residentBytes(server) >> 20);
        pushed.join();
      }
      stop(server);
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private void reads(Shop shop, int entities, boolean rolling) throws Exception {
    String question = shop.question(new SplittableRandom(1), entities, rolling);
    Path answer = folder.resolve("answer.json");
    Files.writeString(answer, post("/get-online-features", question));
    Process limits = limits(answer);
    int echo = port(limits);
    for (int connections : CONNECTIONS) {
      String name =
          "%s, %d entities, %d connections"
              .formatted(rolling ? "windows" : "latest", entities, connections);
      compare(
          name,
          reading(shop, entities, rolling, PORT, "/get-online-features", connections),
          reading(shop, entities, rolling, echo, "/echo", connections));
    }
    stop(limits);
  }

  private static void compare(String name, Load ours, Load limit) {
    System.out.println(name);
    ours.asFastAsPossible(WARM);
    limit.asFastAsPossible(WARM);
    Load.Result most = print("  penstock, at most", ours.asFastAsPossible(SECONDS));
    Load.Result limitMost = print("  limit, at most", limit.asFastAsPossible(SECONDS));
    System.out.printf(Locale.ROOT, "%26s %.2f x%n", "", most.perSecond() / limitMost.perSecond());
    Load.Result half = print("  penstock, half load", ours.atRate(most.perSecond() / 2, SECONDS));
    Load.Result limitHalf =
        print("  limit, the same rate", limit.atRate(most.perSecond() / 2, SECONDS));
    System.out.printf(
        Locale.ROOT, "%26s p99 %.2f x%n", "", half.micros(0.99) / limitHalf.micros(0.99));
  }

  private static Load.Result print(String name, Load.Result result) {
    System.out.printf("%-26s %s%n", name, result);
    return result;
  }

  private static Load reading(
      Shop shop, int entities, boolean rolling, int port, String path, int connections) {
    return new Load(
        port,
        connections,
        index -> {
          SplittableRandom random = new SplittableRandom(index);
          return new Exchange.Http(path, () -> shop.question(random, entities, rolling));
        });
  }

  private static Load pushing(Shop shop, int port, String path, int connections) {
    return new Load(
        port,
        connections,
        index -> {
          SplittableRandom random = new SplittableRandom(index);
          return new Exchange.Http(
              path, () -> shop.rows(random, ROWS_OF_PUSH, System.currentTimeMillis() * 1_000));
        });
  }

  /** The same fields of the same number of keys from Redis. */
  private void redis() throws Exception {
    RedisServer redis = RedisServer.newRedisServer().port(REDIS).setting("save \"\"").build();
    redis.start();
    try {
      fill();
      String fields =
          IntStream.range(0, Shop.FEATURES).mapToObj(i -> "f" + i).collect(Collectors.joining(" "));
      for (int entities : ENTITIES) {
        for (int connections : CONNECTIONS) {
          Load load =
              new Load(
                  REDIS,
                  connections,
                  index -> {
                    SplittableRandom random = new SplittableRandom(index);
                    return new Exchange.Redis(
                        () ->
                            random
                                .ints(entities, 0, KEYS)
                                .mapToObj(key -> "HMGET k" + key + " " + fields + "\r\n")
                                .collect(Collectors.joining()),
                        entities);
                  });
          load.asFastAsPossible(2);
          print(
              "redis, %d entities, %d connections".formatted(entities, connections),
              load.asFastAsPossible(SECONDS));
        }
      }
    } finally {
      redis.stop();
    }
  }

  private static void fill() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), REDIS)) {
      OutputStream out = socket.getOutputStream();
      for (int key = 0; key < KEYS; key++) {
        StringBuilder line = new StringBuilder("HSET k" + key);
        for (int field = 0; field < Shop.FEATURES; field++) {
          line.append(" f").append(field).append(' ').append((key * 31L + field) % 10007 / 100.0);
        }
        out.write(line.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        String expected = ":" + Shop.FEATURES + "\r\n";
        byte[] answer = socket.getInputStream().readNBytes(expected.length());
        if (!expected.equals(new String(answer, StandardCharsets.US_ASCII))) {
          throw new IOException("Redis did not take a key");
        }
      }
    }
  }

  private void pushes(Shop shop) throws Exception {
    Path answer = Files.writeString(folder.resolve("answer.json"), "{}");
    Process limits = limits(answer);
    int append = port(limits);
    for (int connections : CONNECTIONS) {
      compare(
          "pushes of %d rows into 5 views, %d connections".formatted(ROWS_OF_PUSH, connections),
          pushing(shop, PORT, "/v1/sources/events/rows", connections),
          pushing(shop, append, "/append", connections));
    }
    stop(limits);
  }

  private void restart() throws Exception {
    Shop shop = shop("restart", MANY_KEYS);
    stop(serve(shop));
    for (int run = 0; run < 3; run++) {
      long began = System.nanoTime();
      Process server = serve(shop);
      System.out.printf(
          Locale.ROOT,
          "restart with %,d keys: ready after %.2f s%n",
          MANY_KEYS,
          (System.nanoTime() - began) / 1e9);
      stop(server);
    }
  }

  private Shop shop(String name, int keys) throws Exception {
    Shop shop = new Shop(folder.resolve(name).toAbsolutePath(), keys);
    if (!Files.exists(shop.folder().resolve("done"))) {
      delete(shop.folder());
      shop.write();
      require(penstock(shop, "apply"));
      require(penstock(shop, "ingest", "events", shop.events().toString()));
      require(penstock(shop, "ingest", "facts", shop.facts().toString()));
      Files.createFile(shop.folder().resolve("done"));
    }
    return shop;
  }

  private static void require(Process process) throws InterruptedException {
    if (process.waitFor() != 0) {
      throw new IllegalStateException("a command failed, see above");
    }
  }

  private Process serve(Shop shop) throws Exception {
    Process server = penstock(shop, "serve", "--port", Integer.toString(PORT));
    while (!isReady()) {
      if (!server.isAlive()) {
        throw new IllegalStateException("the server ended, see above");
      }
      Thread.sleep(10);
    }
    return server;
  }

  private static boolean isReady() {
    try {
      URI health = URI.create("http://127.0.0.1:" + PORT + "/health");
      return ((HttpURLConnection) health.toURL().openConnection()).getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static String post(String path, String body) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + PORT + path).toURL().openConnection();
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Process penstock(Shop shop, String... command) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("./penstock", "--project", shop.folder().toString()));
    words.addAll(List.of(command));
    return start(new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log()));
  }

  private ProcessBuilder.Redirect log() {
    return ProcessBuilder.Redirect.appendTo(folder.resolve("serving.log").toFile());
  }

  private Process limits(Path answer) throws IOException {
    return start(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Limits.class.getName(),
                answer.toString(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD));
  }

  private static int port(Process limits) throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(limits.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    return Integer.parseInt(line.substring("port ".length()));
  }

  private Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  private static long residentBytes(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .sum()
          << 10;
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
