package io.stateward.sync.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The client for browsers, one ES module without dependencies, to be served by the host.
 *
 * <pre>{@code
 * response.setContentType(BrowserModule.MEDIA_TYPE);
 * response.setHeader("ETag", BrowserModule.entityTag());
 * response.getOutputStream().write(BrowserModule.content());
 * }</pre>
 *
 * <p>It speaks the same protocol as {@link SyncClient} and promises the same. A page imports it and
 * goes on as its first lines say: {@code import { SyncClient } from "/stateward-sync.js"}.
 *
 * <p><b>Thread safety.</b> Safe for any number of threads.
 *
 * <p><b>Cost.</b> The file is read once.
 *
 * @since 0.1
 */
public final class BrowserModule {

  /** The name of the file. */
  public static final String FILE_NAME = "stateward-sync.js";

  /** What browsers want to be told of a module. */
  public static final String MEDIA_TYPE = "text/javascript; charset=utf-8";

  private BrowserModule() {}

  /** Read at the first use. */
  private static final class File {

    static final byte[] CONTENT = read();
    static final String TAG = '"' + digest(CONTENT) + '"';

    private File() {}
  }

  /**
   * Returns where the file is, for hosts that serve resources by their location.
   *
   * @return the location of the resource
   */
  public static URL location() {
    return Objects.requireNonNull(
        BrowserModule.class.getResource("/io/stateward/sync/" + FILE_NAME), FILE_NAME);
  }

  /**
   * Returns the file.
   *
   * @return its bytes, in UTF-8; a copy
   */
  public static byte[] content() {
    return File.CONTENT.clone();
  }

  /**
   * Returns what changes whenever the file does, for the header {@code ETag} (RFC 9110, section
   * 8.8.3).
   *
   * @return a strong entity tag, with its quotes
   */
  public static String entityTag() {
    return File.TAG;
  }

  private static byte[] read() {
    try (InputStream file = location().openStream()) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(FILE_NAME + " cannot be read from the JAR.", e);
    }
  }

  private static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
