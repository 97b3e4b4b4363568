/** The rules of the whole code base about who may import whom and which calls are made only at the seams, as tests. */
package io.quorate.deploy.architecture;
