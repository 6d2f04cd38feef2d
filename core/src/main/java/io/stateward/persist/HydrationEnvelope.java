package io.stateward.persist;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stateward.codec.Tree;
import io.stateward.codec.TreeObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A state on its way, with what it takes to know it again: its schema, the build and the key it
 * belongs to, when it was made, and a hash over all of that.
 *
 * <pre>{@code
 * HydrationEnvelope envelope = hydration.envelope(store);
 * page.append(envelope.toScriptElement("cart-state"));
 * // in the page: JSON.parse(document.getElementById("cart-state").textContent).s
 * }</pre>
 *
 * <p>As JSON it is an object of {@code v} (schema), {@code b} (build), {@code k} (key), {@code t}
 * (milliseconds since 1970), {@code s} (the state), {@code h} ({@code sha256-} and the Base64 hash
 * of the canonical form, RFC 8785, of all the other members) and, if numbers were made strings,
 * {@code n} (their paths in the state, as JSON Pointers).
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class HydrationEnvelope {

  private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");

  private final TreeObject tree;
  private final Tree state;
  private final String json;

  private HydrationEnvelope(TreeObject tree, Tree state) {
    this.tree = tree;
    this.state = state;
    this.json = ScriptText.escaped(tree.toJson());
  }

  static HydrationEnvelope seal(
      String schema, String build, String key, Instant time, PageState carried) {
    TreeObject.Builder members = TreeObject.builder();
    members.add("v", Tree.of(schema)).add("b", Tree.of(build)).add("k", Tree.of(key));
    members.add("t", Tree.of(time.toEpochMilli()));
    if (!carried.turned().isEmpty()) {
      members.add("n", Tree.array(carried.turned().stream().map(Tree::of).toList()));
    }
    TreeObject unsealed = members.add("s", carried.tree()).build();
    return new HydrationEnvelope(unsealed.plus("h", hash(unsealed)), carried.original());
  }

  /** Returns the envelope that a tree is, or throws IllegalArgumentException if it is none. */
  static HydrationEnvelope open(Tree tree) {
    String found = tree.at("/h").asString();
    TreeObject unsealed = tree.asObject().minus("h");
    String expected = hash(unsealed);
    if (!expected.equals(found)) {
      throw new IllegalArgumentException(
          "The envelope says its hash is %s, and it is %s.".formatted(found, expected));
    }
    List<String> turned =
        unsealed.find("/n").map(Tree::asArray).orElse(Tree.array()).elements().stream()
            .map(Tree::asString)
            .toList();
    HydrationEnvelope envelope =
        new HydrationEnvelope(tree.asObject(), stateOf(unsealed.at("/s"), turned));
    envelope.requireAllParts();
    return envelope;
  }

  private static Tree stateOf(Tree carried, List<String> turned) {
    try {
      // The hash is of numbers as doubles: digits beyond those would go unnoticed, so none may be.
      Tree held = PageState.of(carried, BeyondJavaScript.REFUSED).tree();
      return new PageState(held, turned).original();
    } catch (HydrationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private void requireAllParts() {
    schema();
    build();
    key();
    time();
  }

  private static String hash(TreeObject unsealed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(unsealed.canonicalOfAnyText().getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256, and this one has not.", e);
    }
  }

  /**
   * Returns the schema of the state.
   *
   * @return the schema id of the codec that wrote it
   */
  public String schema() {
    return tree.at("/v").asString();
  }

  /**
   * Returns the build of the program that made this envelope.
   *
   * @return the build, or {@code ""} if none was stated
   */
  public String build() {
    return tree.at("/b").asString();
  }

  /**
   * Returns what tells this state from others in the same page.
   *
   * @return the key
   */
  public String key() {
    return tree.at("/k").asString();
  }

  /**
   * Returns when this envelope was made.
   *
   * @return the time, to the millisecond
   */
  public Instant time() {
    return Instant.ofEpochMilli(tree.at("/t").asLong());
  }

  /**
   * Returns the hash over everything else in this envelope.
   *
   * @return {@code sha256-} and the hash in Base64
   */
  public String hash() {
    return tree.at("/h").asString();
  }

  /**
   * Returns the state with its numbers as numbers.
   *
   * @return the state
   */
  public Tree state() {
    return state;
  }

  /**
   * Returns this envelope as JSON that is safe inside a script element, in an attribute in single
   * quotes, in XML, and as a JavaScript expression: {@code < > & '}, line separators and control
   * characters are there only as escapes.
   *
   * @return the JSON
   */
  public String toJson() {
    return json;
  }

  /**
   * Returns this envelope as an element of a page, which browsers do not execute.
   *
   * @param id the id of the element: a letter, then letters, digits, {@code _} and {@code -}
   * @return the element
   * @throws IllegalArgumentException if the id is anything else
   */
  public String toScriptElement(String id) {
    return element(id, "");
  }

  /**
   * Returns this envelope as an element of a page with a content security policy.
   *
   * @param id the id of the element: a letter, then letters, digits, {@code _} and {@code -}
   * @param nonce the nonce of the policy, in Base64
   * @return the element
   * @throws IllegalArgumentException if the id or the nonce is anything else
   */
  public String toScriptElement(String id, String nonce) {
    if (!NONCE.matcher(nonce).matches()) {
      throw new IllegalArgumentException(
          "A nonce is Base64, for example \"rAnd0m==\"; this is not.");
    }
    return element(id, " nonce=\"" + nonce + "\"");
  }

  private String element(String id, String attributes) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "The id of a script element is a letter, then letters, digits, '_' and '-'; it was \"%s\"."
              .formatted(id));
    }
    return "<script type=\"application/json\" id=\""
        + id
        + "\""
        + attributes
        + ">"
        + json
        + "</script>";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HydrationEnvelope that && tree.equals(that.tree);
  }

  @Override
  public int hashCode() {
    return tree.hashCode();
  }

  @Override
  public String toString() {
    return "HydrationEnvelope[key=%s, schema=%s, build=%s, time=%s, %d characters]"
        .formatted(key(), schema(), build(), time(), json.length());
  }
}
