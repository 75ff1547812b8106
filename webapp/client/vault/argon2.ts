/** The one function of its library that the phone needs; a part of the build by itself, loaded with the first secret. */
export { argon2id } from 'hash-wasm'
