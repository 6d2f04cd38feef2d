package io.stateward.sync.hub;

import io.stateward.codec.Tree;
import io.stateward.signal.Probe;
import io.stateward.sync.protocol.CloseCode;
import io.stateward.sync.spi.Peer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks the authorizer; if it throws, the answer is no.
 *
 * <p>Thread safety: safe for any number of threads.
 */
final class Rights {

  private final HubSetting setting;

  Rights(HubSetting setting) {
    this.setting = setting;
  }

  Admission admission(Peer peer, @Nullable Tree credentials) {
    try {
      return Objects.requireNonNull(
          setting.authorizer().authenticate(peer, credentials), "admission");
    } catch (Throwable t) { // foreign code
      report("Somebody from '%s' is not admitted.".formatted(peer.address()), t);
      return new Admission.Denied(CloseCode.INTERNAL, "Who you are could not be found out.");
    }
  }

  Permission may(String principal, String document, Operation operation, @Nullable Tree change) {
    try {
      return Objects.requireNonNull(
          setting.authorizer().may(principal, document, operation, change), "permission");
    } catch (Throwable t) { // foreign code
      report("%s of document '%s' is refused.".formatted(operation, document), t);
      return new Permission.Refused("failed", "Whether you may could not be found out.");
    }
  }

  private void report(String consequence, Throwable cause) {
    Probe.report(
        "Hub '%s'".formatted(setting.name()), "The authorizer threw. " + consequence, cause);
  }
}
