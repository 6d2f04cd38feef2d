package io.stateward.examples.editor;

import io.stateward.codec.Tree;
import io.stateward.sync.hub.Admission;
import io.stateward.sync.hub.Authorizer;
import io.stateward.sync.hub.Operation;
import io.stateward.sync.hub.Permission;
import io.stateward.sync.spi.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: everybody who reaches this machine's own address may edit, but for those who
 * came as {@code ?as=reader}, and as {@code ?as=stranger} nobody comes in at all. A real
 * application would ask its sessions here.
 */
final class EditorRights implements Authorizer {

  private static final String READER = "reader";
  private static final String STRANGER = "stranger";

  @Override
  public Admission authenticate(Peer peer, @Nullable Tree credentials) {
    String who = peer.attributes().getOrDefault("as", "writer");
    return who.equals(STRANGER)
        ? Admission.denied("Strangers may not read this text. Open the page without ?as=stranger.")
        : Admission.admitted(who);
  }

  // excerpt: rights
  @Override
  public Permission may(
      String principal, String document, Operation operation, @Nullable Tree change) {
    boolean writes = operation == Operation.WRITE;
    return writes && principal.equals(READER)
        ? Permission.refused("You may read this text, not change it: you came as a reader.")
        : Permission.granted();
  }
  // end of excerpt
}
