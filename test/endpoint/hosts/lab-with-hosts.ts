/** Classes and instances of three hosts, srv01 the default one, and what all of them have together. */
export const labWithHosts = `
#pragma host("srv01.lab.example", "iscsi-a.lab.example", default)
#pragma host("srv02.lab.example", "iscsi-b.lab.example")
#pragma host("srv03.lab.example")
#pragma namespace("root/lab")
Qualifier Key : boolean = false, Scope(property, reference), Flavor(DisableOverride);
Qualifier Association : boolean = false, Scope(association), Flavor(DisableOverride);
class LAB_Service { [Key] string Name; string State; uint32 ProcessId; };
[Association] class LAB_Depends { [Key] LAB_Service REF Antecedent; [Key] LAB_Service REF Dependent; };
instance of LAB_Service { Name = "WinRM"; State = "Running"; ProcessId = 904; };
#pragma namespace("root/shared")
Qualifier Key : boolean = false, Scope(property, reference), Flavor(DisableOverride);
class LAB_Pipe { [Key] string Name; string From; };
instance of LAB_Pipe { Name = "first"; From = "srv01"; };
#pragma namespace("//srv01.lab.example/root/lab")
instance of LAB_Service as $Spooler { Name = "Spooler"; State = "Running"; ProcessId = 1480; };
instance of LAB_Service as $Print { Name = "Print"; State = "Stopped"; ProcessId = 0; };
instance of LAB_Depends { Antecedent = $Spooler; Dependent = $Print; };
#pragma namespace("//SRV02/root/lab")
instance of LAB_Service { Name = "Spooler"; State = "Stopped"; ProcessId = 0; };
`;

export const users = [{ name: 'ci', password: 'secret' }];
