package io.quorate.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a cluster for the tests of a class. Its nodes are processes of their own, on ports of 127.0.0.1 that are free,
 * with their data in a temporary folder. They end with the class, or when the process of the test dies.
 *
 * <pre>{@code
 * @QuorateCluster(nodes = 3)
 * class OrdersTest {
 *     @Test
 *     void anOrderSurvivesTheLossOfANode(TestCluster cluster, QuorateClient client) {
 *         client.put("order", "17").orThrow();
 *         cluster.node(2).kill();
 *         assertEquals("17", client.get("order").orElseThrow().value().text());
 *     }
 * }
 * }</pre>
 *
 * <p>Methods and constructors of the class may have parameters of the types {@link TestCluster} and
 * {@link io.quorate.client.QuorateClient}. Nested classes share the cluster.
 *
 * <p>After each test all faults end, and nodes that are down start again. So a test finds all nodes well. It does find
 * the keys of the tests before it. If a test of the class fails, the folder with the logs of the nodes is kept and a
 * report entry of the test names it.
 *
 * <p>The nodes run the Quorate of the class path. If the system property {@code quorate.home} names an unpacked
 * distribution, they run that one.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(ClusterExtension.class)
public @interface QuorateCluster {
    /** How many nodes, 1 to 7. */
    int nodes() default 3;

    /** How much memory each node may use, in MiB. At least 384. */
    int memoryMib() default 512;
}
