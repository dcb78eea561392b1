package dev.penstock.platform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.compiled.CompiledTest;
import dev.penstock.platform.compiled.Manifest;
import dev.penstock.platform.definition.TestProject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestCacheTest {
  @TempDir Path folder;
  private TestProject project;
  private int compiled;

  @BeforeEach
  void project() {
    project = TestProject.complete(folder);
  }

  @Test
  void what_is_kept_is_what_was_compiled() {
    Manifest first = manifest("1");
    Manifest second = manifest("1");
    assertThat(second).isEqualTo(first).isEqualTo(CompiledTest.compile(project).manifest());
    assertThat(compiled).isEqualTo(1);
  }

  @Test
  void another_byte_of_a_definition_compiles_again() {
    manifest("1");
    project.change("sources.yaml", "fare > 50", "fare > 51");
    manifest("1");
    assertThat(compiled).isEqualTo(2);
  }

  @Test
  void another_content_of_a_dimension_compiles_again() {
    manifest("1");
    project.change("data/places.csv", "34.0", "34.1");
    manifest("1");
    assertThat(compiled).isEqualTo(2);
  }

  @Test
  void another_program_compiles_again() {
    manifest("1");
    manifest("2");
    assertThat(compiled).isEqualTo(2);
  }

  @Test
  void files_that_define_nothing_are_not_looked_at() {
    manifest("1");
    project.file("README.md", "new").file("data/other.csv", "x\n").file(".penstock/y.yaml", "z");
    manifest("1");
    assertThat(compiled).isEqualTo(1);
  }

  @Test
  void a_cache_that_was_cut_short_is_made_again() throws Exception {
    manifest("1");
    Path file = folder.resolve(".penstock/cache/manifest.json");
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() / 2));
    manifest("1");
    manifest("1");
    assertThat(compiled).isEqualTo(2);
  }

  private Manifest manifest(String version) {
    return ManifestCache.in(folder.resolve(".penstock"), version)
        .manifest(
            folder,
            () -> {
              compiled++;
              return CompiledTest.compile(project).manifest();
            });
  }
}
