/**
 * Key pairs made for these tests, with the fingerprints that ssh-keygen prints. Their private
 * halves were thrown away.
 */
export interface SshKeySample {
  readonly line: string
  readonly sha256: string
  readonly md5: string
}

export const sshKeys = {
  ed25519: {
    line: [
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBPnGJlABlwj09OBSPf6RlIk8I+81F+HUAcwes423vxi tes',
      't@example',
    ].join(''),
    sha256: 'SHA256:9zSL4z29y+7+g4rrEAuFdoXsJe4vK3cY3k28ri+UR1s',
    md5: 'bd:58:e6:87:5e:0d:16:99:97:c4:b6:71:e8:51:3b:9a',
  },
  rsa: {
    line: [
      'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCpWdY3FLfcXSGyHSTU1HtJ+kZnUevJT0d4uL2XX6T7Kxc6',
      'fxjU0jaejiMZJTmD16AsaLRZrbZyj/6pL14urkxZfYlQecz5/HVzqjlEyfDvJ6KM1PWDmAscmsPY3LyIdOaT',
      'Kuh1pbfOlxZwLmcwoeMvcM8wWTZ5dRfRzWZLn6PgnaObrCqNpMi7M+b1dQLh5ZleoRuomZ88W+XUTgdBI080',
      '/dTg9C0Kf3IzH7RXP79NiwkezkzxPGXFrN8svmsNlDd8aI/NoLY1x5VecVuHesXobPH/rX9eoRK+OD1mf4zn',
      '5jHgJk19v/C7bsecFJnWC2Tl1X6/9xGdMrTe0r1zHsWZ test@example',
    ].join(''),
    sha256: 'SHA256:wBi92BkKEtijsv68b2Lii4ZmH8lx+KWnatzUnKQmw5U',
    md5: '85:3b:4e:32:be:3f:be:ed:ee:be:ee:15:c4:f5:53:42',
  },
  nistp256: {
    line: [
      'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHuFm295GNcL',
      'ztidWlJf+cT1DIcbto2Hoz2bOGQU3LM4dkBHp57pZmwJN2hpK07LLMLAGXjMroVprfc2A1+G7v0= test@ex',
      'ample',
    ].join(''),
    sha256: 'SHA256:OfXia05QdO6gBVZJ2xweuPn4Ikcrh9yGVupdGrTpGHQ',
    md5: '02:ad:62:d8:0e:28:d1:f8:bb:c1:63:c0:20:8b:98:f4',
  },
  nistp384: {
    line: [
      'ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBKGWW9GnJlTD',
      'gks3bwdhqt/9xC4h54FHqR+y8pQANtaIRh65XyVGA3khLXO5v340EK6PI9Qglw/777begKVtkjJD6cwjqcvE',
      'IhEmgjMPaDtHuMfSl2YIB3xXGkpqmpVdVQ== test@example',
    ].join(''),
    sha256: 'SHA256:rKys+GSFKLfETSE11+84gio5XkeUmrUD/3HzpzFIVFc',
    md5: 'd1:df:ec:f1:51:7c:e5:c1:3c:0d:95:a3:6e:74:2e:b0',
  },
  nistp521: {
    line: [
      'ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBADwBWpk8MFH',
      '1DiJb0gcYmlCvBNolXyIzsHz7FIX283i3sE2oiXIATyC2QJ0WGYesy8jZriNUha6Is6dYOvxbHsqrgFsYyYU',
      'QW9w5vj26/+Olav44c317VApFS15yV8FKIO5txUDjGtE06GjBaxWGqRa7UigW2fd/9IpUaVGoDl1szV1Ew==',
      ' test@example',
    ].join(''),
    sha256: 'SHA256:fjDaoPreS2amADFOBiZSMuIM6CjXFw5WVQ4e2M8VCQA',
    md5: 'f3:44:e3:14:f1:c6:c3:a0:90:f7:3b:c3:b4:4a:f1:e0',
  },
  dss: {
    line: [
      'ssh-dss AAAAB3NzaC1kc3MAAACBAMkvhlnf5HUWRBcH0SHpDtdyNl7bbRhBe0s/10Mx+9H4t5qI1iOslhRF',
      'qf+2aIsRHdkZoMyWgiwSb97Hzc6AnRhAUrWNa9L/5bZU4VMx+tTZ8KhLEWLK0bx6fsfNK2+FJJmZYxjXUh3y',
      '1oR3Qi3Mk3ck9d+ed/WJGBfo4pnKfutdAAAAFQDqRdIOk3V1e9WHbg/ONVT8R6+KewAAAIBeh8Bj60VNQnix',
      'l0zpuDGYN6rvvtzAk0M49jurPvyXPPLzdRR+27ayzk8eWVj8dERAbT37yaaj9URfbzb9Itqpy3NKACZ1JsGh',
      'QA2T5ULfY6V/PZC/2bF4A2KR1t7MTIDuM2JnuLQ3wIoHcoVs8HmBMZnjLcrZTlVqhpY3KO9m0wAAAIBo/rQe',
      'keSpujrHGiSvIkSlUu5JifsL2a1tWgmGUEid/xne/XyOV4ByMmiXO4kubYy/nG4Dz11BjPQXZ8PElCp8Wxwi',
      'oDF6WZYprpSSZURVZlV8FqXOLfnDmhH6gsauOO0sIL/APXm3M2cnJQ2yZr0idnk6iC/mF0rRwbt/rj1cEw==',
      ' test@example',
    ].join(''),
    sha256: 'SHA256:hUnNeokAjyR59bmqU7NN8JsGvfsRfT46uUjmQATpNmM',
    md5: '70:5b:af:67:af:1f:71:d1:4a:86:c8:2a:05:2c:e4:45',
  },
} as const satisfies Record<string, SshKeySample>
