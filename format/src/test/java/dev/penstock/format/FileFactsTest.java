package dev.penstock.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileFactsTest {
  @TempDir Path folder;

  private Path image(String format) throws IOException {
    Path file = folder.resolve("image");
    BufferedImage image = new BufferedImage(31, 17, BufferedImage.TYPE_INT_RGB);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private Path sound() throws IOException {
    Path file = folder.resolve("sound");
    AudioFormat format = new AudioFormat(8_000, 16, 1, true, false);
    AudioInputStream samples =
        new AudioInputStream(new ByteArrayInputStream(new byte[24_000]), format, 12_000);
    AudioSystem.write(samples, AudioFileFormat.Type.WAVE, file.toFile());
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"PNG", "JPEG", "GIF", "BMP"})
  void an_image_says_how_large_it_is_whatever_its_name(String format) throws IOException {
    assertThat(FileFacts.of(image(format), "notes.txt"))
        .isEqualTo(new FileFacts("image/" + format.toLowerCase(Locale.ROOT), 31, 17, null));
  }

  @Test
  void a_sound_says_how_long_it_is() throws IOException {
    assertThat(FileFacts.of(sound(), "a.wav"))
        .isEqualTo(new FileFacts("audio/vnd.wave", null, null, 1.5));
  }

  @Test
  void a_name_tells_apart_what_begins_alike() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "a,b\n1,2\n");
    assertThat(FileFacts.of(text, "a.csv").mediaType()).isEqualTo("text/csv");
    assertThat(FileFacts.of(text, "a.txt").mediaType()).isEqualTo("text/plain");
    Path pdf = Files.writeString(folder.resolve("pdf"), "%PDF-1.7\n");
    assertThat(FileFacts.of(pdf, "a.jpg").mediaType()).isEqualTo("application/pdf");
  }

  @Test
  void an_empty_file_is_no_image() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThat(FileFacts.of(empty, "a.jpg"))
        .isEqualTo(new FileFacts("application/x-empty", null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PNG", "JPEG", "GIF", "BMP", "WAV"})
  void a_broken_header_is_no_error(String format) throws IOException {
    byte[] whole = Files.readAllBytes(format.equals("WAV") ? sound() : image(format));
    SplittableRandom random = new SplittableRandom(7);
    Path broken = folder.resolve("broken");
    for (int round = 0; round < 200; round++) {
      byte[] bytes = Arrays.copyOf(whole, 4 + random.nextInt(whole.length - 4));
      for (int flips = random.nextInt(8); flips > 0; flips--) {
        bytes[random.nextInt(Math.min(60, bytes.length))] = (byte) random.nextInt();
      }
      Files.write(broken, bytes);
      assertThat(FileFacts.of(broken, "x").mediaType()).isNotEmpty();
    }
  }
}
